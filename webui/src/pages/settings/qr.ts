import qrcode from 'qrcode-generator';

/** Modules of empty border that readers need around a code (ISO/IEC 18004). */
const QUIET = 4;

export interface QrPicture {
  /** Width and height in modules, border included. */
  size: number;
  /** The dark modules as one SVG path. */
  path: string;
}

/** Draws a text of plain characters as a QR code; nothing of it leaves the page. */
export function qrPicture(text: string): QrPicture {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const count = code.getModuleCount();
  const parts: string[] = [];
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      let length = 0;
      while (column + length < count && code.isDark(row, column + length)) length += 1;
      if (length) parts.push(`M${column + QUIET} ${row + QUIET}h${length}v1h-${length}z`);
      column += length;
    }
  }
  return { size: count + 2 * QUIET, path: parts.join('') };
}
