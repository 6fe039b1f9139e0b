/** hadolint's failure thresholds; apart, so that --help loads no more of it. */
export const thresholds = ['error', 'warning', 'info', 'style', 'ignore', 'none'] as const;
