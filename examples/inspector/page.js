// Sends what a button says, and shows what a script is told.

const api = new URLSearchParams(location.search).get("api");
const told = document.getElementById("told");

for (const button of document.querySelectorAll("button")) {
  button.addEventListener("click", async () => {
    const { path, method = "GET", credentials = "same-origin" } = button.dataset;
    const headers = "json" in button.dataset ? { "Content-Type": "application/json" } : {};
    const body = method === "PUT" ? "[\"bread\"]" : undefined;
    let answered;
    try {
      const answer = await fetch(api + path, { method, headers, body, credentials });
      answered = `${answer.status} ${await answer.text()}`;
    } catch (error) {
      answered = `${error}. The inspector shows why.`;
    }
    told.textContent = `${button.textContent}: ${answered}`;
  });
}
