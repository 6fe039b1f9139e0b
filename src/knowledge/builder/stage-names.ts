/** Names that people give to stages and that no official image has. */
export const usualStageNames: ReadonlySet<string> = new Set(
  `base build builder build-env build-stage compile compiler deps dependencies dev dev-deps development final install installer
  prepare prod production production-deps publish release runner runtime test tests`.split(/\s+/),
);
