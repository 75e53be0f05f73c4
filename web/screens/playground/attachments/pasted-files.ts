/**
 * The files in what is pasted. Spreadsheets and word processors put a picture of formatted words beside them: there it
 * is the words that are wanted. Plain words alone are the name of a file that was copied in a file manager.
 */
export function pastedFiles({ files, types }: Pick<DataTransfer, 'files' | 'types'>): File[] {
  const isText = types.includes('text/plain') && types.includes('text/html');
  return isText ? [] : [...files];
}
