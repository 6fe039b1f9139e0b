/** The door of this room: an image archive in, its layers and where they came from out. */
export { ImageError } from './failure.ts';
export { type Match, matchImage } from './match.ts';
export { type Image, readImage } from './read.ts';
