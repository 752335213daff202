export { compareCodePoints } from '../util/code-points.ts';
