export async function GET() {
  throw new Error("it fails");
}
