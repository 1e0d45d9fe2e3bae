export async function GET() {
  return Response.json({ ok: true }, { headers: { "X-Total-Count": "7" } });
}

export async function PUT() {
  return Response.json({ ok: true });
}
