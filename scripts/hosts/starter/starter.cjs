// A VS Code in the browser has no command line, so this opens the draft that `npm start` is about.
const vscode = require('vscode');

exports.activate = async () => {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder || vscode.window.tabGroups.all.some((group) => group.tabs.length > 0)) return;
  const document = await vscode.workspace.openTextDocument(
    vscode.Uri.joinPath(folder.uri, 'draft.md'),
  );
  await vscode.window.showTextDocument(document, { preview: false });
  // The draft is open all the same if that view cannot be shown.
  await vscode.commands
    .executeCommand('variorum.branches.focus', { preserveFocus: true })
    .then(undefined, () => undefined);
};
