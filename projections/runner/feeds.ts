import type { EventStore } from '../../src/platform/event-store/event-store.js';
import type { ReadModel } from '../kernel/changes.js';
import { Feed } from './feed.js';
import type { Projector } from './projector.js';

/** Shards of one build. */
export interface Part {
  readonly model: ReadModel;
  readonly build: string;
  readonly shards: readonly number[];
}

/** What is fed from one reading of the log. */
export interface Assignment {
  readonly name: string;
  readonly parts: readonly Part[];
  /** How often it was asked for: another number has it begun anew. */
  readonly attempt?: number;
}

type Make = (part: Part, shard: number) => Projector;

interface Running {
  readonly what: string;
  readonly projectors: readonly Projector[];
  stop(): Promise<void>;
}

const describe = ({ parts, attempt = 0 }: Assignment): string =>
  [`${attempt}`, ...parts.map(({ model, build, shards }) => `${model.name} ${build}: ${shards.join()}`)].join('; ');

/** The readings of the log that are under way. */
export class Feeds {
  private readonly running = new Map<string, Running>();

  constructor(private readonly events: EventStore) {}

  get projectors(): readonly Projector[] {
    return [...this.running.values()].flatMap(({ projectors }) => projectors);
  }

  /** Feeds this and nothing else. A reading of which nothing has changed goes on undisturbed. */
  async assign(assignments: readonly Assignment[], make: Make): Promise<void> {
    const wanted = assignments.filter(({ parts }) => parts.some(({ shards }) => shards.length > 0));
    const kept = new Map(wanted.map((one) => [one.name, describe(one)]));
    const ended = [...this.running].filter(([name, { what }]) => kept.get(name) !== what);
    await Promise.all(ended.map(([name]) => this.end(name)));
    for (const one of wanted) if (!this.running.has(one.name)) this.running.set(one.name, this.start(one, make));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running.keys()].map((name) => this.end(name)));
  }

  private async end(name: string): Promise<void> {
    await this.running.get(name)?.stop();
    this.running.delete(name);
  }

  private start(assignment: Assignment, make: Make): Running {
    const projectors = assignment.parts.flatMap((part) => part.shards.map((shard) => make(part, shard)));
    const stopping = new AbortController();
    const ended = new Feed(this.events, projectors).run(stopping.signal);
    const stop = async () => {
      stopping.abort();
      await ended;
    };
    return { what: describe(assignment), projectors, stop };
  }
}
