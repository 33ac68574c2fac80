import { fold } from '../kernel/decider.js';
import type { Recorded } from '../kernel/event.js';
import type { PrivilegeEvent } from './privilege.events.js';
import type { PrivilegesAsOf } from './privilege.js';
import { privileges } from './privilege.js';

/** What a history of the privileges says, with the event that it rests on (D3). */
export const privilegesAsOf = (history: readonly Recorded<PrivilegeEvent>[]): PrivilegesAsOf => ({
  ...fold(
    privileges,
    history.map(({ event }) => event),
  ),
  basis: history.at(-1)?.id ?? null,
  asOfRevision: history.at(-1)?.revision.toString() ?? null,
});
