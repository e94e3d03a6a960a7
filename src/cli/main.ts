import { checkCommand } from './commands/check';
import { continueCommand } from './commands/continue';
import { examineCommand } from './commands/examine';
import { HELP } from './help';
import { modesCommand } from './commands/modes';
import { rewriteCommand } from './commands/rewrite';
import { scoreCommand } from './commands/score';
import { BadUsage } from './usage';
import { isVariorumError } from '../core/model/error';

/** 0 fine, 1 findings that the caller asked to fail on, 2 bad usage or input, 3 the model failed. */
type ExitCode = 0 | 1 | 2 | 3;
type Command = (args: string[], signal: AbortSignal) => Promise<ExitCode>;

const COMMANDS: Record<string, Command> = {
  check: checkCommand,
  continue: continueCommand,
  examine: examineCommand,
  modes: modesCommand,
  rewrite: rewriteCommand,
  score: scoreCommand,
};

async function main(argv: string[], signal: AbortSignal): Promise<ExitCode> {
  const [name = '--help', ...rest] = argv;
  if (['--help', '-h', 'help'].includes(name) || rest.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    throw new BadUsage(`There is no command "${name}".`);
  }
  return command(rest, signal);
}

/** Failures people can mend get a sentence; anything else is a defect and shows its stack. */
function report(error: unknown): ExitCode {
  if (error instanceof BadUsage) {
    process.stderr.write(`variorum: ${error.message}\nSee variorum --help.\n`);
    return 2;
  }
  if (isVariorumError(error)) {
    process.stderr.write(`variorum: ${error.message}\n`);
    // Asking a model for what it has not got is a mistake in the asking.
    return ['bad-request', 'unsupported'].includes(error.detail.code) ? 2 : 3;
  }
  throw error;
}

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2);
});

void main(process.argv.slice(2), interrupted.signal)
  .catch(report)
  .then((code) => {
    process.exitCode = code;
  });
