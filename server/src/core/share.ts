/** Those who ask for the same while it is being loaded get the same answer; who asks later has it loaded anew. */
export function share<K, T>(load: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const loading = new Map<K, Promise<T>>();
  return (key) => {
    let answer = loading.get(key);
    if (!answer) {
      answer = load(key).finally(() => loading.delete(key));
      loading.set(key, answer);
    }
    return answer;
  };
}
