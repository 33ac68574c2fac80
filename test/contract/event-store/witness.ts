import { randomUUID } from 'node:crypto';
import {
  binaryEvent,
  jsonEvent,
  type AllStreamResolvedEvent,
  type AppendExpectedRevision,
  type AppendResult,
  type BaseOptions,
  type EventData,
  type EventStoreDBClient,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { plain, plainError, type Plain } from './plain.js';

export interface EventOptions {
  readonly type?: string;
  readonly data?: unknown;
  readonly metadata?: Record<string, unknown> | Uint8Array;
  readonly binary?: Uint8Array;
}

type Seen = Pick<ResolvedEvent | AllStreamResolvedEvent, 'event' | 'link'>;

export const runId = randomUUID().slice(0, 8);

/** Acts on a node in streams of its own and tells what it saw in words that are the same in every run. */
export class Witness {
  readonly prefix: string;
  /** The last append that succeeded. */
  last!: AppendResult;
  private readonly ids = new Map<string, string>();
  private readonly symbols = new Map<string, string>();

  constructor(
    scenario: string,
    readonly client: EventStoreDBClient,
  ) {
    this.prefix = `${runId}.${scenario}.`;
  }

  stream(name = 's'): string {
    return this.prefix + name;
  }

  /** The same symbol gives an event with the same id again. */
  event(symbol: string, { type = 'T', data = { n: symbol }, metadata, binary }: EventOptions = {}): EventData {
    const id = this.ids.get(symbol) ?? randomUUID();
    this.ids.set(symbol, id);
    this.symbols.set(id, symbol);
    const common = { id, type, metadata: metadata as Record<string, unknown> };
    return binary ? binaryEvent({ ...common, data: binary }) : jsonEvent({ ...common, data: data as { n: string } });
  }

  events(...symbols: string[]): EventData[] {
    return symbols.map((symbol) => this.event(symbol));
  }

  /** `count` events e0, e1, … */
  many(count: number, symbol = 'e', options: EventOptions = {}): EventData[] {
    return Array.from({ length: count }, (_, i) => this.event(`${symbol}${i}`, options));
  }

  append(
    stream: string,
    events: EventData | EventData[],
    expectedRevision: AppendExpectedRevision,
    options: BaseOptions = {},
  ): Promise<Plain> {
    return this.attempt(async () => {
      const result = await this.client.appendToStream(stream, events, { expectedRevision, ...options });
      this.last = result;
      return { success: result.success, revision: `${result.nextExpectedRevision}`, position: positionOf(result) };
    });
  }

  /** The commit position of the last append that succeeded. */
  get position() {
    const { position } = this.last;
    if (!position) throw new Error('the last append was told no position');
    return position;
  }

  read(
    stream: string,
    options: ReadStreamOptions = {},
    tell = (seen: Seen): Plain => this.short(seen),
  ): Promise<Plain> {
    return this.attempt(async () => {
      const out: Plain[] = [];
      for await (const seen of this.client.readStream(stream, { maxCount: 1000, ...options })) out.push(tell(seen));
      return out;
    });
  }

  /** Reads $all, keeping this witness's events. */
  readAll(options: ReadAllOptions = {}, keep = (stream: string) => stream.includes(this.prefix)): Promise<Plain> {
    return this.attempt(async () => {
      const out: Plain[] = [];
      for await (const seen of this.client.readAll({ maxCount: 2000, ...options })) {
        if (keep(seen.event?.streamId ?? '')) out.push(this.short(seen));
      }
      return out;
    });
  }

  short({ event, link }: Seen): string {
    if (event) return `${this.symbols.get(event.id) ?? event.type}@${event.revision}`;
    return link ? 'link only' : 'nothing';
  }

  full(event: RecordedEvent | undefined): Plain {
    if (!event) return null;
    const { id, type, streamId, revision, isJson, data, metadata, created } = event;
    return {
      id: this.symbols.get(id) ?? 'another id',
      type,
      stream: this.plain(streamId),
      revision: `${revision}`,
      isJson,
      data: this.plain(data),
      metadata: this.plain(metadata),
      created: created instanceof Date,
      position: positionOf(event),
    };
  }

  async attempt(work: () => Promise<Plain>): Promise<Plain> {
    try {
      return await work();
    } catch (error) {
      return this.error(error);
    }
  }

  error(error: unknown): Plain {
    return plainError(error, this.rename);
  }

  plain(value: unknown): Plain {
    return plain(value, this.rename);
  }

  private readonly rename = (text: string) => text.replaceAll(this.prefix, '~').replaceAll(runId, 'RUN');
}

function positionOf({ position }: { readonly position?: { commit: bigint; prepare: bigint } | undefined }): string {
  if (!position) return 'none';
  return position.commit === position.prepare && position.commit > 0n ? 'commit = prepare' : 'odd';
}
