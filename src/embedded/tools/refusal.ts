/** What a tool will not or cannot do. The message says why in one sentence, and what helps. */
export class Refusal extends Error {}
