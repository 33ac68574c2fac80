/** An event of the stream on its way through a group. */
export interface Message {
  readonly revision: number;
  readonly id: string;
  /** How often it was sent again. */
  readonly retries: number;
}

/** A message that a consumer has and has not answered. */
export interface SentMessage extends Message {
  readonly consumer: number;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** The messages that consumers have not answered, in the order in which they were sent. */
export class InFlight {
  private readonly byRevision = new Map<number, SentMessage>();
  /** A stream may hold several events of one id. */
  private readonly revisionsOf = new Map<string, number[]>();

  get size(): number {
    return this.byRevision.size;
  }

  revisions(): Iterable<number> {
    return this.byRevision.keys();
  }

  /** The oldest is due first, for all wait equally long. */
  get nextDeadline(): number {
    for (const { deadline } of this.byRevision.values()) return deadline;
    return Infinity;
  }

  add(message: SentMessage): void {
    this.byRevision.set(message.revision, message);
    const revisions = this.revisionsOf.get(message.id);
    if (revisions) revisions.push(message.revision);
    else this.revisionsOf.set(message.id, [message.revision]);
  }

  /** Takes out the message of an id, the oldest if there are several. */
  take(id: string): SentMessage | undefined {
    const revision = this.revisionsOf.get(id)?.[0];
    return revision === undefined ? undefined : this.remove(revision);
  }

  /** Takes out what a consumer has. */
  takeOf(consumer: number): SentMessage[] {
    return this.removeAll([...this.byRevision.values()].filter((message) => message.consumer === consumer));
  }

  /** Takes out what should have been answered by now. */
  takeExpired(now: number): SentMessage[] {
    const expired: SentMessage[] = [];
    for (const message of this.byRevision.values()) {
      if (message.deadline > now) break;
      expired.push(message);
    }
    return this.removeAll(expired);
  }

  private removeAll(messages: SentMessage[]): SentMessage[] {
    for (const { revision } of messages) this.remove(revision);
    return messages;
  }

  remove(revision: number): SentMessage | undefined {
    const message = this.byRevision.get(revision);
    if (!message) return undefined;
    this.byRevision.delete(revision);
    const others = this.revisionsOf.get(message.id)?.filter((other) => other !== revision) ?? [];
    if (others.length > 0) this.revisionsOf.set(message.id, others);
    else this.revisionsOf.delete(message.id);
    return message;
  }
}
