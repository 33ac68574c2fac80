/**
 * The same function, with its last answers remembered, `size` of them at least and twice as many at most: a text says the
 * same whenever it is read, and the same ids and stored texts come again and again. Nobody changes an answer.
 */
export const remembered = <T>(read: (text: string) => T, size: number): ((text: string) => T) => {
  let [recent, former] = [new Map<string, T>(), new Map<string, T>()];
  return (text) => {
    const known = recent.get(text);
    if (known !== undefined) return known;
    const answer = former.get(text) ?? read(text);
    if (recent.size >= size) [recent, former] = [new Map<string, T>(), recent];
    recent.set(text, answer);
    return answer;
  };
};
