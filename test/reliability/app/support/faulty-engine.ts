/*
 * The engine as it is built, in a process that does what a program in trouble does when a signal tells it to: it runs in
 * circles, or takes memory without end, with nobody else in its way.
 */
const [, , engine = ''] = process.argv;

process.on('SIGUSR2', () => {
  for (;;);
});

process.on('SIGHUP', () => {
  const taken: number[][] = [];
  const megabyte = 2 ** 17;
  while (taken.length < 4096) taken.push(new Array<number>(megabyte).fill(0.5));
});

await import(engine);

export {};
