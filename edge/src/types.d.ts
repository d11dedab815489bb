/** What TypeScript's libraries do not know yet (V8 does). */
interface JSON {
  parse(text: string, reviver: (name: string, value: unknown, context?: { source?: string }) => unknown): any;
  rawJSON(text: string): unknown;
}

