// Checks the signature under a paper (验签): ECDSA on the curve P-256 with SHA-256, in whole numbers.
//
// crypto.subtle is not there under file:// and content:// in every browser, and two ways of doing it would be two to trust:
// so this is the only one. A point is three numbers here, (X, Y, Z) for (X/Z², Y/Z³): then no addition divides, and one
// signature takes milliseconds. Numbers that are not secret may take as long as they take.

const CURVE = {
  p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  g: [
    0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
    1n,
  ],
};
const NOWHERE = [1n, 1n, 0n]; // the point at infinity, the zero of this addition

const modulo = (number, m) => ((number % m) + m) % m;
const numberOf = (bytes) => bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

// The number by which it must be multiplied to come to 1 modulo m (Euclid's algorithm, extended).
function inverse(number, m) {
  let [a, b, x, y] = [modulo(number, m), m, 1n, 0n];
  while (a > 1n) {
    const quotient = b / a;
    [a, b, x, y] = [b - quotient * a, a, y - quotient * x, x];
  }
  return modulo(x, m);
}

// dbl-2001-b and add-2007-bl of the Explicit-Formulas Database, for a = -3.
function doubled([x, y, z]) {
  const { p } = CURVE, delta = z * z % p, gamma = y * y % p, beta = x * gamma % p;
  const alpha = 3n * (x - delta) * (x + delta) % p, x3 = modulo(alpha * alpha - 8n * beta, p);
  return [x3, modulo(alpha * (4n * beta - x3) - 8n * gamma * gamma, p), modulo((y + z) * (y + z) - gamma - delta, p)];
}

function added(one, other) {
  if (one[2] === 0n) return other;
  if (other[2] === 0n) return one;
  const { p } = CURVE, [x1, y1, z1] = one, [x2, y2, z2] = other, z1z1 = z1 * z1 % p, z2z2 = z2 * z2 % p;
  const u1 = x1 * z2z2 % p, s1 = y1 * z2 * z2z2 % p, h = modulo(x2 * z1z1 - u1, p), r = modulo(y2 * z1 * z1z1 - s1, p);
  if (h === 0n) return r === 0n ? doubled(one) : NOWHERE;
  const hh = h * h % p, hhh = h * hh % p, v = u1 * hh % p, x3 = modulo(r * r - hhh - 2n * v, p);
  return [x3, modulo(r * (v - x3) - s1 * hhh, p), z1 * z2 * h % p];
}

// one·G + other·point, bit by bit from the highest: both are doubled together.
function summed(one, other, point) {
  const addends = [null, CURVE.g, point, added(CURVE.g, point)];
  let sum = NOWHERE;
  for (let bit = 255n; bit >= 0n; bit--) {
    const addend = addends[Number(((one >> bit) & 1n) | (((other >> bit) & 1n) << 1n))];
    sum = doubled(sum);
    if (addend) sum = added(sum, addend);
  }
  return sum;
}

// Whether (r, s) is a signature of that digest by the key (x, y): FIPS 186-4, 6.4; SEC 1, 4.1.4.
function isSignature([x, y], digest, r, s) {
  const { p, n, b } = CURVE;
  if (x >= p || y >= p || modulo(y * y - x * x * x + 3n * x - b, p) !== 0n) return false;
  if (r <= 0n || r >= n || s <= 0n || s >= n) return false;
  const w = inverse(s, n), [px, , pz] = summed(numberOf(digest) * w % n, r * w % n, [x, y, 1n]);
  if (pz === 0n) return false;
  const z = inverse(pz, p);
  return px * z * z % p % n === r;
}

// --- DER: a tag, a length, and the content, which often is a row of the same

const TAG = { sequence: 0x30, set: 0x31, integer: 0x02, octets: 0x04, first: 0xa0 };
const NAMED = {
  signedData: fromHex("06092a864886f70d010702"),
  data: fromHex("06092a864886f70d010701"),
  contentType: fromHex("06092a864886f70d010903"),
  messageDigest: fromHex("06092a864886f70d010904"),
  sha256: fromHex("300d06096086480165030402010500"),
  ecdsaSha256: fromHex("300a06082a8648ce3d040302"),
  keyOnP256: fromHex("301306072a8648ce3d020106082a8648ce3d030107"),
  version1: fromHex("020101"),
};

// The one way of writing it.
function der(tag, ...content) {
  const inside = content.flatMap((part) => [...part]), length = [];
  for (let size = inside.length; size > 0; size = Math.floor(size / 256)) length.unshift(size % 256);
  if (inside.length < 128) return Uint8Array.of(tag, inside.length, ...inside);
  return Uint8Array.of(tag, 128 + length.length, ...length, ...inside);
}

// From where to where the content stands.
function span(value) {
  if (value.length < 2) throw new RangeError("no length");
  if (value[1] < 128) return [2, 2 + value[1]];
  const begin = 2 + value[1] - 128;
  return [begin, begin + Number(numberOf(value.subarray(2, begin)))];
}

const contentOf = (value) => value.subarray(...span(value));

function partsOf(value) {
  const found = [];
  for (let rest = contentOf(value); rest.length;) {
    const [, end] = span(rest);
    found.push(rest.subarray(0, end));
    rest = rest.subarray(end);
  }
  return found;
}

const alike = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

// The point of which the certificate is.
function keyOf(certificate) {
  const [kind, bits] = partsOf(partsOf(partsOf(certificate)[0])[6]), content = contentOf(bits);
  if (!alike(kind, NAMED.keyOnP256) || content.length !== 66 || content[0] !== 0 || content[1] !== 4) throw new RangeError("key");
  return [numberOf(content.subarray(2, 34)), numberOf(content.subarray(34))];
}

// The CMS message (RFC 5652), as anybody would write it who has these parts: there is one way only.
function messageOf(certificate, attributes, r, s) {
  const [, serial, , issuer] = partsOf(partsOf(certificate)[0]), { sequence, set, integer, octets, first } = TAG;
  const signer = der(sequence, NAMED.version1, der(sequence, issuer, serial), NAMED.sha256, der(first, ...partsOf(attributes)),
    NAMED.ecdsaSha256, der(octets, der(sequence, der(integer, r), der(integer, s))));
  const signed = der(sequence, NAMED.version1, der(set, NAMED.sha256), der(sequence, NAMED.data), der(first, certificate),
    der(set, signer));
  return der(sequence, NAMED.signedData, der(first, signed));
}

// What is wrong with the signature, in Chinese; nothing where it is that key's over content of that digest.
function faultOf(message, certificate, digest) {
  const odd = "签名写得不规范，被改动";
  let attributes, r, s, key, written;
  try {
    const signer = partsOf(partsOf(partsOf(partsOf(partsOf(message)[1])[0])[4])[0]);
    if (signer.length !== 6) return odd;
    attributes = signer[3];
    const numbers = partsOf(contentOf(signer[5]));
    if (numbers.length !== 2) return odd;
    [r, s] = numbers.map(contentOf);
    key = keyOf(certificate);
    written = messageOf(certificate, attributes, r, s);
  } catch {
    return odd;
  }
  const zeros = message.subarray(written.length).every((byte) => byte === 0);
  if (!alike(written, message.subarray(0, written.length)) || !zeros) return odd;
  const says = [
    der(TAG.sequence, NAMED.contentType, der(TAG.set, NAMED.data)),
    der(TAG.sequence, NAMED.messageDigest, der(TAG.set, der(TAG.octets, digest))),
  ];
  const told = partsOf(attributes);
  if (!says.every((one) => told.some((other) => alike(one, other)))) return "签名与内容不符";
  // What is signed is the attributes, written as a set of their own.
  const covered = sha256.array(joined([TAG.set], attributes.subarray(1)));
  return isSignature(key, covered, numberOf(r), numberOf(s)) ? "" : "签名无效";
}
