import * as vscode from 'vscode';

/** The page of the Branches view. */
export function branchesPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  return viewPage(webview, extensionUri, { script: 'branches', styles: ['branches'] });
}

/** An empty body, one script with a random nonce, nothing else allowed. */
export function viewPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  names: { script: string; styles: readonly string[] },
): string {
  const nonce = randomNonce();
  const script = webview.asWebviewUri(
    vscode.Uri.joinPath(extensionUri, 'dist', 'view', `${names.script}.js`),
  );
  const styles = names.styles.map((name) => {
    const uri = webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'media', `${name}.css`));
    return `<link rel="stylesheet" href="${uri.toString()}">`;
  });
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${styles.join('\n')}
<title>Variorum</title>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="l10n">${inScript(vscode.l10n.bundle ?? {})}</script>
<script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}

function randomNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** JSON that cannot end the script element it stands in. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
