import { Injectable } from '@nestjs/common';
import type { Moment } from '../../kernel/moment.js';
import { momentFrom } from '../http/as-of.dto.js';
import { ValidationFailed } from '../http/validation.js';
import { EventStore } from './event-store.js';

/** A moment that has been, and the newest position of the log when it was looked at. */
export interface PastMoment {
  /** Null: now. */
  readonly moment: Moment | null;
  readonly head: bigint;
}

/** Resolves the moments that callers ask about. What has not happened yet can be told by nobody. */
@Injectable()
export class Moments {
  constructor(private readonly store: EventStore) {}

  /** @throws ValidationFailed naming the field when the moment has not passed yet; EventStoreUnavailable */
  async past(field: string, text: string | undefined): Promise<PastMoment> {
    const moment = text === undefined ? null : momentFrom(text);
    const head = await this.store.head();
    if (moment === null) return { moment, head };
    if ('position' in moment ? moment.position > head : Date.parse(moment.time) >= Date.now())
      throw new ValidationFailed([{ pointer: `/${field}`, rule: 'past', detail: `${field} has not passed yet` }]);
    return { moment, head };
  }
}
