/** How much is measured. */
export interface Plan {
  /** Each pace is measured for so long, so many times in turn with what it is compared with. */
  readonly seconds: number;
  readonly turns: number;
  /** For so long the service is loaded before anything is measured: what counts is a service that has been up for a while. */
  readonly warming: number;
  /** Customers of the partner whose pages are read, with everything that led to them. */
  readonly customers: number;
  /** Invitations that wait to be accepted. */
  readonly prepared: number;
  /** Lists of these lengths are compared page by page. */
  readonly lists: readonly number[];
  readonly rounds: number;
}

const QUICK: Plan = {
  ...{ seconds: 2, turns: 1, warming: 1.2, customers: 2_000, prepared: 1_500 },
  ...{ lists: [1_000], rounds: 250 },
};
const USUAL: Plan = {
  ...{ seconds: 4, turns: 3, warming: 6, customers: 10_000, prepared: 6_000 },
  ...{ lists: [1_000, 100_000], rounds: 1_000 },
};

/** What the options ask for. */
export const planOf = ({ quick }: { quick?: boolean | undefined }): Plan => (quick ? QUICK : USUAL);
