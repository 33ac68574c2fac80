import { fullPosition, shortPosition } from './position.js';

const RADIX = 36;

/** Says that the entry at this position is kept on the shard `home`; sorts as positions do. */
export const referenceTo = (position: bigint, home: number): string => shortPosition(position) + home.toString(RADIX);

/** What the reference says. */
export const refersTo = (reference: string): { position: bigint; home: number } => ({
  position: fullPosition(reference.slice(0, -1)),
  home: parseInt(reference.slice(-1), RADIX),
});
