import type { PackageSyntax, Source } from './types.ts';

type Sources = readonly (readonly [RegExp, Source])[];

/** Addresses of version control, as npm, pip, cargo and composer write them. */
export const repositories: Sources = [
  [/^(?:[\w.[\],-]+\s*@\s*)?(?:git|hg|svn|bzr)\+/i, 'vcs'],
  [/^(?:git|ssh|svn):\/\//i, 'vcs'],
  [/^git@[\w.-]+:/i, 'vcs'],
  [/^https?:\/\/\S+\.git(?:[#@].*)?$/i, 'vcs'],
];

/** Addresses of files. */
export const addresses: Sources = [[/^(?:[\w.[\],-]+\s*@\s*)?(?:https?|ftp|s3):\/\//i, 'url']];

/** Files and directories named by their path. */
export const paths: Sources = [
  [/^file:/i, 'directory'],
  [/^\.{1,2}$|^~$/, 'directory'],
  [/^(?:\.{0,2}\/|~\/|\.\\|[A-Za-z]:[\\/])/, 'directory'],
];

/** Names of a revision that move on; the text after `#` or `@` of a repository. */
export const movingRevision =
  /^(?:semver:.*|main|master|head|trunk|develop|dev|devel|latest|stable|next|nightly|edge)$/i;
/** A commit or something numbered; any other name may be a branch or a tag. */
export const fixedRevision = /^[0-9a-f]{7,64}$|\d/i;

/** `major.minor.patch` in full: what npm, cargo and their like take literally. */
export const fullVersion = /^[v=]?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/;
/** Any version without range signs: what gem, composer, choco and cpanm take literally. */
export const plainVersion = /^v?\d[\w.+-]*$/;
/** A text without wildcards. */
export const noWildcard = /^[^*?\s,|]+$/;

/**
 * https://docs.npmjs.com/cli/commands/npm-install and its like: `@` parts name and version; a tag such as `latest` or
 * an incomplete version is a range.
 */
export const npmSyntax: PackageSyntax = {
  sources: [
    ...repositories,
    [/^(?:github|gitlab|bitbucket|gist):/i, 'vcs'],
    [/^https?:\/\//i, 'url'],
    [/^[\w-][\w.-]*\/[\w.-]+(?:#.*)?$/, 'vcs'],
    [/^(?:file:|link:|portal:)?(?:\.{0,2}\/|~\/|[A-Za-z]:[\\/]).*\.(?:tgz|tar\.gz|tar)$/i, 'file'],
    [/^[^@/]+\.(?:tgz|tar\.gz|tar)$/i, 'file'],
    [/^(?:link|portal|workspace):/i, 'directory'],
    ...paths,
  ],
  strip: /^npm:/,
  operators: ['@'],
  exact: { '@': fullVersion },
  alias: /^npm:/,
  ref: /#(.+)$/,
};

/**
 * https://packaging.python.org/en/latest/specifications/dependency-specifiers/ : `==` without a star and `===` are
 * exact. The `@` before a version is uv's, for tools.
 */
export const pipSyntax: PackageSyntax = {
  sources: [
    ...repositories,
    [/#(?:sha256|sha384|sha512)=/i, 'file'],
    ...addresses,
    [/\.(?:whl|tar\.gz|tar\.bz2|tar\.xz|tgz|zip|egg)(?:\[.*\])?$/i, 'file'],
    [/^\.{1,2}(?:\[.*\])?$/, 'directory'],
    ...paths,
    [/^(?!.*[=<>~!@]).*\//, 'directory'],
  ],
  strip: /;.*$/s,
  operators: ['===', '==', '~=', '!=', '<=', '>=', '<', '>', '@'],
  suffix: /\s*\[[^\]]*\]\s*$/,
  exact: { '==': noWildcard, '===': noWildcard, '!=': /,\s*===?[^*,]+$/, '@': /^\d+(?:\.\d+){2,}[\w.+-]*$/ },
  ref: /\w:\/\/(?:[^@/]+@)?[^@/#]+\/[^@#]*@([^#;\s]+)/,
};
