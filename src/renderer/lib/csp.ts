/**
 * The nonce that lets a library add its own style element under a security policy without `unsafe-inline`.
 * Browsers hide the attribute's value, so it is read from the property.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
}
