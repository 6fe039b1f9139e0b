declare const DFLINT_VERSION: string | undefined;

/** Written in when the package is built. */
export const version = typeof DFLINT_VERSION === 'string' ? DFLINT_VERSION : '0.0.0-source';
