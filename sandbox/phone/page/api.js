/** Asks the sandbox a question about the world. */
export async function ask(name, query = {}) {
  const response = await fetch(`/ask/${name}?${new URLSearchParams(query)}`);
  return read(response);
}

/** Does something on the owner's phone. */
export async function act(name, fields) {
  const response = await fetch(`/do/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  });
  return read(response);
}

async function read(response) {
  const value = await response.json();
  if (!response.ok) throw new Error(value?.error ?? `HTTP ${response.status}`);
  return value;
}

/** Hears what happens; `again` is called when the line was lost and is back. */
export function listen(heard, again) {
  const source = new EventSource("/events");
  let wasOpen = false;
  source.addEventListener("open", () => {
    if (wasOpen) again();
    wasOpen = true;
  });
  source.addEventListener("message", ({ data }) => heard(JSON.parse(data)));
}
