function stir(hash: number, number: number): number {
  let stirred = Math.imul(hash ^ number, 0x85ebca6b);
  stirred = Math.imul(stirred ^ (stirred >>> 13), 0xc2b2ae35);
  return stirred ^ (stirred >>> 16);
}

/** Mixes numbers into one that looks random: 32 bits, the same for the same numbers in every run. */
export function mix(first: number, second: number, third = 0): number {
  return stir(stir(stir(0x9e3779b9, first), second), third) >>> 0;
}

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Eight hexadecimal digits. */
function hex(value: number): string {
  return (
    (BYTES[value >>> 24] ?? '') +
    (BYTES[(value >>> 16) & 255] ?? '') +
    (BYTES[(value >>> 8) & 255] ?? '') +
    (BYTES[value & 255] ?? '')
  );
}

/** What an object is, a digit of its id. */
const KIND_DIGITS = {
  blueprint: 1,
  blueprintApp: 2,
  principal: 3,
  agent: 4,
  agentUser: 5,
  person: 6,
  group: 7,
  other: 8,
} as const;

export type Kind = keyof typeof KIND_DIGITS;

const RANGE = 2 ** 32;

/**
 * Ids of one kind. They grow with the index, so that objects in the order of their index are in the order of their ids,
 * and the index can be told from the id.
 */
export type Ids = {
  readonly idOf: (index: number) => string;
  /** The index of an id; `null` when it is none of these. */
  readonly indexOf: (id: string) => number | null;
};

export function idsOf(kind: Kind, count: number, seed: number): Ids {
  const digit = KIND_DIGITS[kind];
  const step = RANGE / count;
  const width = Math.max(1, Math.floor(step));
  const mark = `5${digit}`;
  const idOf = (index: number): string => {
    const random = mix(seed, digit, index);
    const [low, high] = [hex(random), hex(mix(random, 1))];
    const first = hex(Math.floor(index * step) + (random % width));
    return `${first}-${low.slice(0, 4)}-${mark}${low.slice(4, 6)}-8${high.slice(0, 3)}-${low.slice(6)}${high.slice(3)}${hex(mix(random, 2)).slice(0, 5)}`;
  };
  return {
    idOf,
    indexOf: (id) => {
      if (id.charCodeAt(15) !== 48 + digit) return null;
      // Rounding may put the first of an index in front of its step.
      const below = Math.floor(parseInt(id.slice(0, 8), 16) / step);
      const found = [below, below + 1].find((index) => index < count && idOf(index) === id);
      return found ?? null;
    },
  };
}
