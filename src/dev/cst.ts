import { generateCstDts } from '@chevrotain/cst-dts-gen';
import { DockerfileParser } from '../../grammar/parser.ts';

/** The types of the concrete tree, told by the grammar itself. */
export const cstTypes = (): string =>
  generateCstDts(new DockerfileParser().getGAstProductions(), { includeVisitorInterface: false }).replace(
    ', ICstVisitor',
    '',
  );
