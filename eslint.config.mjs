import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const nodeBuiltins = {
  regex: '^(node:|(fs|path|os|crypto|child_process|util|stream|worker_threads)$)',
};
const vscode = { regex: '^vscode$' };

/** The arrows of the house: what a folder may not import. See CONTRIBUTING.md. */
const forbid = (message, ...patterns) => ({
  'no-restricted-imports': ['error', { patterns: patterns.map((p) => ({ ...p, message })) }],
});
const folder = (...names) => ({ regex: `^(\\.\\./)+(src/)?(${names.join('|')})(/|$)` });

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'test/fixtures/**'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
      curly: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 15],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: forbid(
      'core is pure: it imports nothing of the host, the view, the command line or a platform.',
      vscode,
      nodeBuiltins,
      folder('host', 'view', 'cli', 'protocol', 'plotProtocol', 'extension', 'parts', 'wire'),
    ),
  },
  {
    files: ['src/parts/**/*.ts', 'src/wire/**/*.ts'],
    rules: forbid(
      'parts run in Node and in a web worker, and know core only.',
      vscode,
      nodeBuiltins,
      folder('host', 'view', 'cli', 'protocol', 'plotProtocol', 'extension'),
    ),
  },
  {
    files: ['src/protocol.ts', 'src/plotProtocol.ts'],
    rules: forbid('the protocol knows core only.', vscode, nodeBuiltins, {
      regex: '^\\./(host|view|cli|extension)',
    }),
  },
  {
    files: ['src/view/**/*.ts'],
    rules: forbid(
      'the view knows the protocol and core only.',
      vscode,
      nodeBuiltins,
      folder('host', 'cli', 'extension', 'parts', 'wire'),
    ),
  },
  {
    files: ['src/cli/**/*.ts'],
    rules: forbid(
      'the command line knows core only.',
      vscode,
      folder('host', 'view', 'protocol', 'plotProtocol', 'extension'),
    ),
  },
  {
    files: ['src/host/**/*.ts', 'src/extension.ts'],
    rules: forbid(
      'the host runs in Node and in a web worker: no Node built-ins, nothing of the view or command line.',
      nodeBuiltins,
      folder('view', 'cli', 'extension'),
    ),
  },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
  },
  prettier,
);
