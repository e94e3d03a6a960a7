import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import { fromBase64 } from '../../core/tree/base64';

/**
 * Saves a picture of the plot where the person says; nothing when they change their mind.
 * @param data SVG text, or a PNG file in base64
 * @throws VariorumError when it cannot be written
 */
export async function exportPlot(format: 'svg' | 'png', data: string): Promise<void> {
  const to = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the plot'),
    filters: { [format.toUpperCase()]: [format] },
    defaultUri: defaultPlace(format),
  });
  if (to) {
    await savePlot(to, format, data);
  }
}

/** @throws VariorumError when it cannot be written */
export async function savePlot(to: vscode.Uri, format: 'svg' | 'png', data: string): Promise<void> {
  const bytes = format === 'svg' ? new TextEncoder().encode(data) : fromBase64(data);
  try {
    if (!bytes || bytes.length === 0) {
      throw new Error(vscode.l10n.t('the picture is empty'));
    }
    await vscode.workspace.fs.writeFile(to, bytes);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new VariorumError(
      {
        code: 'storage',
        message: vscode.l10n.t('The plot could not be saved: {0}.', why),
        action: vscode.l10n.t('Choose another place and save it again.'),
        retryable: true,
      },
      { cause },
    );
  }
}

function defaultPlace(format: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  return vscode.Uri.joinPath(folder, `multiverse.${format}`);
}
