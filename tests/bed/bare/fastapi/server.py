import os

import uvicorn
from fastapi import FastAPI, HTTPException, Response

app = FastAPI()
# Here goes what `why --fix` prints.


@app.get("/api/notes")
@app.put("/api/notes")
def notes(response: Response):
    response.headers["X-Total-Count"] = "7"
    return {"ok": True}


@app.get("/api/fails")
def fails():
    raise HTTPException(500, "it fails")


uvicorn.run(app, port=int(os.environ["PORT"]))
