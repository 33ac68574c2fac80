import type { EventLog } from '../../log/event-log.js';
import type { Parking } from './consumer-group.js';
import { SystemStream } from './system-stream.js';

/** Which consumer group of which stream. */
export interface GroupName {
  readonly stream: string;
  readonly group: string;
}

export const subscriptionIdOf = ({ stream, group }: GroupName): string => `${stream}::${group}`;

/** What a group keeps in the log: how far it has come, and links to the events that it gave up. */
export class GroupStreams {
  private readonly checkpoints: SystemStream;
  private readonly parked: SystemStream;

  constructor(
    log: EventLog,
    private readonly name: GroupName,
  ) {
    const prefix = `$persistentsubscription-${subscriptionIdOf(name)}`;
    this.checkpoints = new SystemStream(log, `${prefix}-checkpoint`);
    this.parked = new SystemStream(log, `${prefix}-parked`);
  }

  /** The last revision that was finished with all before it, if that was ever written down. */
  get checkpoint(): number | undefined {
    const text = /^"(\d+)"$/.exec(this.checkpoints.newest ?? '')?.[1];
    const revision = Number(text);
    return Number.isSafeInteger(revision) ? revision : undefined;
  }

  /** @returns whether it is on disk */
  saveCheckpoint(revision: number): Promise<boolean> {
    const data = JSON.stringify(`${revision}`);
    return this.checkpoints.replace({ type: '$SubscriptionCheckpoint', json: true, data });
  }

  /** @returns whether it is on disk */
  park({ message, reason }: Parking): Promise<boolean> {
    const data = `${message.revision}@${this.name.stream}`;
    const metadata = JSON.stringify({ added: new Date().toISOString(), reason });
    return this.parked.append({ type: '$>', json: false, data, metadata });
  }

  /** Forgets everything, so that a new group of the same name begins anew. @returns whether that is done */
  async clear(): Promise<boolean> {
    const cleared = await Promise.all([this.checkpoints.clear(), this.parked.clear()]);
    return cleared.every((done) => done);
  }
}
