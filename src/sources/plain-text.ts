/** What moves, hides or ends text: C0 and C1 but for line feed, line separators, bidirectional controls, half characters. */
const UNFIT = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

/** Why a value is no text of so many characters that can be shown, as the end of a sentence; `null` when it is. */
export function problemOfText(value: unknown, shortest: number, longest: number): string | null {
  if (typeof value !== 'string') return 'must be a text';
  if (value.length < shortest || value.length > longest) {
    return `must have ${shortest} to ${longest} characters`;
  }
  return UNFIT.test(value) ? 'must not contain control characters' : null;
}
