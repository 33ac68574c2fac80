/**
 * The same function, with its last `size` answers remembered: a stored text says the same whenever it is read, and the
 * pages that are asked for again and again hold the same texts. Nobody changes an answer.
 */
export const remembered = <T>(unpack: (packed: string) => T, size: number): ((packed: string) => T) => {
  const answers = new Map<string, T>();
  return (packed) => {
    const known = answers.get(packed);
    if (known !== undefined) return known;
    const answer = unpack(packed);
    if (answers.size >= size) answers.delete(answers.keys().next().value as string);
    answers.set(packed, answer);
    return answer;
  };
};
