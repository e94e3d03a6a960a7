/**
 * A name for people, from the id of a model that is not at hand: what stands after the address in
 * `https://host/v1#model`, or the id itself.
 */
export function modelLabel(id: string): string {
  const name = id.slice(id.indexOf('#') + 1);
  return name === 'sketch' ? 'Sketch' : name;
}
