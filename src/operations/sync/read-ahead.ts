/** Reads ahead of whoever takes, by up to `most` items; gives all that has gathered since the last time, in order. Throws what reading throws, after what was read before it. */
export async function* readAhead<T>(source: AsyncIterable<T>, most: number): AsyncGenerator<readonly T[]> {
  const gathered: T[] = [];
  let isOver = false;
  let isStopped = false;
  let came = (): void => {};
  let hasRoom = (): void => {};
  const reading = (async () => {
    for await (const item of source) {
      gathered.push(item);
      came();
      if (gathered.length >= most) await new Promise<void>((resolve) => (hasRoom = resolve));
      if (isStopped) return;
    }
  })().finally(() => {
    isOver = true;
    came();
  });
  // Whoever takes is told at the end; nobody may, where they stop before it.
  reading.catch(() => {});
  try {
    for (;;) {
      if (gathered.length === 0 && !isOver) await new Promise<void>((resolve) => (came = resolve));
      const some = gathered.splice(0);
      hasRoom();
      if (some.length > 0) yield some;
      else if (isOver) return await reading;
    }
  } finally {
    isStopped = true;
    hasRoom();
  }
}
