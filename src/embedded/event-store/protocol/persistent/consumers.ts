import type { ConsumerStrategy } from './group-settings.js';

interface Consumer {
  readonly id: number;
  credits: number;
  paused: boolean;
}

/** The consumers of a group, and whose turn it is. Each takes as many messages at once as it has credits. */
export class Consumers {
  private members: Consumer[] = [];

  constructor(private readonly strategy: ConsumerStrategy) {}

  get size(): number {
    return this.members.length;
  }

  /** How many messages could be sent now. */
  get credits(): number {
    return this.members.reduce((sum, { paused, credits }) => (paused ? sum : sum + credits), 0);
  }

  add(id: number, credits: number): void {
    this.members.push({ id, credits, paused: false });
  }

  remove(id: number): void {
    this.members = this.members.filter((member) => member.id !== id);
  }

  /** Stops or resumes sending to a consumer, whatever credits it has. */
  pause(id: number, paused: boolean): void {
    const member = this.find(id);
    if (member) member.paused = paused;
  }

  /** Uses a credit of whoever is to get the next message: each in turn, or the first that has any. */
  take(): number | undefined {
    const index = this.members.findIndex(({ paused, credits }) => !paused && credits > 0);
    const member = this.members[index];
    if (!member) return undefined;
    member.credits--;
    if (this.strategy === 'RoundRobin') this.members.push(...this.members.splice(index, 1));
    return member.id;
  }

  giveBack(id: number): void {
    const member = this.find(id);
    if (member) member.credits++;
  }

  private find(id: number): Consumer | undefined {
    return this.members.find((member) => member.id === id);
  }
}
