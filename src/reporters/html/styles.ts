import { BASE } from './styles/base.ts';
import { COLOURS } from './styles/colours.ts';
import { FINDINGS } from './styles/findings.ts';
import { PAGE } from './styles/page.ts';
import { PICTURES } from './styles/pictures.ts';
import { PRINT } from './styles/print.ts';
import { TABLES } from './styles/tables.ts';

/** The style sheet of the page, on one line. */
export const STYLES = [COLOURS, BASE, PAGE, PICTURES, TABLES, FINDINGS, PRINT]
  .join('\n')
  .replaceAll(/\s*\n\s*/g, '');
