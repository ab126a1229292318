/** The object that a text of JSON holds, for attributes and message bodies that are JSON inside a text. */

/** @returns null for anything else: no JSON, a list, a scalar */
export function jsonObjectIn(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
