import { ValidateIf } from 'class-validator';

/** A field of a body that may be left out. Null is no value of it: an event would keep it for ever. */
export const MayBeLeftOut = () => ValidateIf((_, value) => value !== undefined);
