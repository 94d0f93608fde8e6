import { crc32, deflateSync, inflateSync } from 'node:zlib';

const HEAD = 8;
/** Bytes of one pixel by the header's colour type; a screenshot is RGB or RGBA. */
const PIXEL = { 2: 3, 6: 4 };

function* chunksOf(png) {
  for (let at = HEAD; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
};

const nearest = (left, up, corner) => {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((each) => Math.abs(guess - each));
  return a <= b && a <= c ? left : b <= c ? up : corner;
};

/** What each of the format's five filters adds to a byte. */
const FILTERS = [() => 0, (left) => left, (_left, up) => up, (left, up) => (left + up) >> 1, nearest];

/** Takes the filters off: rows of plain bytes, each behind a filter byte of 0. */
function plainRows(rows, stride, step) {
  const plain = Buffer.alloc(rows.length);
  for (let start = 0; start < rows.length; start += stride + 1) {
    const filter = FILTERS[rows[start]];
    for (let x = 1; x <= stride; x += 1) {
      const at = start + x;
      const above = at - stride - 1;
      const left = x > step ? plain[at - step] : 0;
      plain[at] = rows[at] + filter(left, start > 0 ? plain[above] : 0, x > step && start > 0 ? plain[above - step] : 0);
    }
  }
  return plain;
}

const MOST_COLOURS = 256;

/** Four bits of each channel: colours that share them look alike. */
const family = (pixel) => pixel & 0xf0f0f0;

/**
 * First the commonest colour of every family, so that one small green dot stays green; what room is left goes to the commonest of all: the
 * edges of letters.
 */
const paletteOf = (pixels) => {
  const counts = new Map();
  // Neighbours are mostly alike: a run is counted at once.
  for (let i = 0, start = 0; i < pixels.length; start = i) {
    const pixel = pixels[i];
    while (i < pixels.length && pixels[i] === pixel) i += 1;
    counts.set(pixel, (counts.get(pixel) ?? 0) + i - start);
  }
  const common = [...counts.entries()].sort(([a, m], [b, n]) => n - m || a - b).map(([pixel]) => pixel);
  const first = new Map();
  for (const pixel of common) if (!first.has(family(pixel))) first.set(family(pixel), pixel);
  return [...new Set([...[...first.values()].slice(0, MOST_COLOURS / 2), ...common])].slice(0, MOST_COLOURS);
};

const distance = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;

/** Which colour of the palette stands for each pixel. */
const indicesOf = (pixels, palette) => {
  const known = new Map(palette.map((pixel, i) => [pixel, i]));
  const nearestTo = (pixel) => palette.reduce((best, each, i) => (distance(each, pixel) < distance(palette[best], pixel) ? i : best), 0);
  const indices = new Uint8Array(pixels.length);
  for (let i = 0; i < pixels.length; i += 1) {
    if (i > 0 && pixels[i] === pixels[i - 1]) {
      indices[i] = indices[i - 1];
      continue;
    }
    const pixel = pixels[i];
    const index = known.get(pixel) ?? nearestTo(pixel);
    known.set(pixel, index);
    indices[i] = index;
  }
  return indices;
};

/** The same picture with at most 256 colours, a byte per pixel: a third of the size. */
export function withPalette(png) {
  const chunks = [...chunksOf(png)];
  const head = chunks.find((each) => each.type === 'IHDR');
  const step = PIXEL[head?.data[9]];
  if (step === undefined || head.data[8] !== 8 || head.data[12] !== 0) return png;
  const [width, height] = [head.data.readUInt32BE(0), head.data.readUInt32BE(4)];
  const stride = width * step;
  const plain = plainRows(inflateSync(Buffer.concat(chunks.filter((each) => each.type === 'IDAT').map((each) => each.data))), stride, step);
  const pixels = new Uint32Array(width * height);
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0, at = y * (stride + 1) + 1; x < width; x += 1, at += step, i += 1) pixels[i] = (plain[at] << 16) | (plain[at + 1] << 8) | plain[at + 2];
  }
  const palette = paletteOf(pixels);
  const indices = indicesOf(pixels, palette);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const ihdr = Buffer.from(head.data);
  ihdr[9] = 3;
  const colours = Buffer.from(palette.flatMap((pixel) => [pixel >> 16, (pixel >> 8) & 255, pixel & 255]));
  return Buffer.concat([png.subarray(0, HEAD), chunk('IHDR', ihdr), chunk('PLTE', colours), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
