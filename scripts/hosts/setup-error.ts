/** Something the machine lacks; the message says what happened, `hint` says what to do. */
export class SetupError extends Error {
  override readonly name = 'SetupError';

  constructor(
    message: string,
    readonly hint: string,
    readonly details = '',
  ) {
    super(message);
  }
}

/** Runs a script's main function; prints what went wrong in plain lines and sets the exit code. */
export function runMain(main: () => Promise<number>): void {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${describeError(error)}\n`);
      process.exit(1);
    },
  );
}

/** The text a person needs in order to do something about an error. */
export function describeError(error: unknown): string {
  if (error instanceof SetupError) {
    const details = error.details ? `\n${error.details}` : '';
    return `Error: ${error.message}${details}\nWhat to do: ${error.hint}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
