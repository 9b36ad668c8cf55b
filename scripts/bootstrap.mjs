// Every npm script comes through here: set-up first, then the task. Plain Node, no packages: on a fresh clone there
// are none. Imports follow the version check, which has to run on any Node.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
if (!fits) {
  process.stderr.write(
    `Undertone needs Node 20.19 or later, or 22.12 or later; this is Node ${process.versions.node}.\n` +
      'Install a current Node and try again.\n',
  );
  process.exit(1);
}

const { SetupError } = await import('./setup/report.mjs');
const { runTask } = await import('./tasks/index.mjs');

try {
  const [task = '', ...args] = process.argv.slice(2);
  process.exitCode = await runTask(task, args);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  if (error.output !== '') process.stderr.write(`${error.output.trimEnd()}\n\n`);
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
