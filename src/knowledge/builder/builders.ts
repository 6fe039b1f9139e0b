/** The builders whose layers we tell; podman build is buildah with its layers kept. */
export const builders = ['buildkit', 'classic', 'buildah', 'kaniko'] as const;
export type Builder = (typeof builders)[number];
