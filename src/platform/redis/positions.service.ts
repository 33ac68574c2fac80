import type { OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { Subject, filter, firstValueFrom, startWith, timeout } from 'rxjs';
import type { ReadModelRedis } from './connection.js';
import { QUERY_REDIS, SUBSCRIBER_REDIS } from './connection.js';
import { ReadModelUnavailable } from './errors.js';
import { GONE } from './keyspace.js';
import { positionFrom } from './position.js';

/**
 * How far each shard is, told by whoever applies a batch on the channel that bears the checkpoint's name. Channels are
 * watched from the first time that somebody waits; there are no more of them than shards.
 */
@Injectable()
export class Positions implements OnApplicationShutdown {
  private readonly known = new Map<string, bigint>();
  private readonly watched = new Map<string, Promise<void>>();
  private readonly news = new Subject<string>();

  constructor(
    @Inject(SUBSCRIBER_REDIS) private readonly subscriber: ReadModelRedis,
    @Inject(QUERY_REDIS) private readonly redis: ReadModelRedis,
  ) {
    subscriber.on('message', (channel: string, position: string) => {
      if (this.watched.has(channel)) this.learn(channel, position);
    });
    subscriber.on('ready', () => void this.watchAgain());
  }

  /**
   * Waits until the checkpoint is at `minPosition` or further, until `deadline` (milliseconds since 1970) at most.
   * @throws ReadModelUnavailable when it is late, or Redis does not answer
   */
  async reached(checkpoint: string, minPosition: bigint, deadline: number): Promise<void> {
    const isReached = () => (this.known.get(checkpoint) ?? -1n) >= minPosition;
    if (isReached()) return;
    await this.watch(checkpoint);
    const arrived = this.news.pipe(
      startWith(checkpoint),
      filter((one) => one === checkpoint && isReached()),
      timeout({ first: Math.max(1, deadline - Date.now()) }),
    );
    await firstValueFrom(arrived).catch((late: unknown) => {
      throw new ReadModelUnavailable('read-model-late', late);
    });
  }

  /** Looks again where the checkpoint is: what was known has proved wrong. */
  forget(checkpoint: string): Promise<void> {
    this.known.delete(checkpoint);
    return this.read(checkpoint);
  }

  onApplicationShutdown(): void {
    this.subscriber.disconnect();
  }

  private watch(checkpoint: string): Promise<void> {
    const watched = this.watched.get(checkpoint) ?? this.subscribe(checkpoint);
    this.watched.set(checkpoint, watched);
    return watched;
  }

  /** The checkpoint is read once it is subscribed to: what was told before would be missed. */
  private async subscribe(checkpoint: string): Promise<void> {
    try {
      await this.subscriber.subscribe(checkpoint);
      await this.read(checkpoint);
    } catch (error) {
      this.watched.delete(checkpoint);
      throw new ReadModelUnavailable('read-model-unavailable', error);
    }
  }

  /** After a lost connection: what was told meanwhile is read, so that nobody waits for it in vain. */
  private async watchAgain(): Promise<void> {
    const channels = [...this.watched.keys()];
    for (const checkpoint of channels) this.watched.set(checkpoint, this.subscribe(checkpoint));
    await Promise.allSettled(this.watched.values());
  }

  /** What was told while Redis was asked is newer than its answer. */
  private async read(checkpoint: string): Promise<void> {
    const before = this.known.get(checkpoint);
    const found = await this.redis.get(checkpoint);
    if (this.known.get(checkpoint) === before) this.learn(checkpoint, found);
  }

  private learn(checkpoint: string, text: string | null): void {
    const position = text === GONE ? null : positionFrom(text);
    if (position === null) return;
    this.known.set(checkpoint, position);
    this.news.next(checkpoint);
  }
}
