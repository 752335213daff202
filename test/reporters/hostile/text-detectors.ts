import { commandShapes } from '../../support/runner-commands.ts';
import { difference, obeyed, remembered, unseen, type Detector } from './harm.ts';

const OUR_COLORS = /\u001b\[(?:0|1|2|1;3[1-6])m|\u001b\]8;;(?:https?:\/\/[!-~]*)?\u001b\\/g;

/** For terminals, in the log of any runner. */
export const inTerminals: Detector = (output) => {
  const text = output.replaceAll(OUR_COLORS, '');
  return obeyed(text) ?? unseen(text);
};

/** One thing a line, so that there are as many as there should be. */
export const inLines: Detector = (output, twin, options) =>
  inTerminals(output, twin, options) ?? difference(lengths(output), lengths(twin));

/** For runners that look for commands: the meant ones and no others, with the properties that they should have. */
export const inCommands: Detector = (output, twin) => {
  return unseen(output) ?? difference(shapesOf(output), shapesOfTwin(twin));
};

/** A place that is blank has no property. */
const shapesOf = (output: string): readonly string[] => commandShapes(output).split('\n');

const shapesOfTwin = remembered(shapesOf);

function lengths(text: string): readonly string[] {
  return [`${text.split('\n').length} lines`];
}
