/** Hands a finished file to the person: the save dialog on the desktop, a download elsewhere. */
import type { Client } from '../../../core/contract/client.ts';
import type { ExportedFile, Session } from '../../../core/contract/shapes.ts';

/** @returns the name it was saved under, or null when the person cancelled */
export async function saveFile(client: Client, host: Session['host'], file: ExportedFile): Promise<string | null> {
  if (host === 'desktop') {
    const answer = await client.call('host.saveFile', file);
    return answer.saved ? (answer.fileName ?? file.fileName) : null;
  }
  const url = URL.createObjectURL(new Blob([file.text], { type: file.mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // The download has its own hold on the data once it began.
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return file.fileName;
}
