/** A reference to an image, as the distribution grammar reads it. */
export interface ImageReference {
  /** As written, after expansion. */
  readonly text: string;
  /** `docker.io` where none is written; with its port. */
  readonly registry: string;
  /** Without registry; `library/` is added to official images. */
  readonly repository: string;
  /** The last part of the repository: `node` of `library/node`. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** An official image of Docker Hub. */
  readonly official: boolean;
}
