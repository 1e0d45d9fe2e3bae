package main

import (
	"net/http"
	"os"

	"github.com/go-chi/chi"
	"github.com/go-chi/cors"
)

var _ cors.Options

func main() {
	router := chi.NewRouter()
	// Here goes what `why --fix` prints.
	notes := func(writer http.ResponseWriter, request *http.Request) {
		writer.Header().Set("X-Total-Count", "7")
		writer.Write([]byte(`{"ok":true}`))
	}
	router.Get("/api/notes", notes)
	router.Put("/api/notes", notes)
	router.Get("/api/fails", func(writer http.ResponseWriter, request *http.Request) {
		http.Error(writer, "it fails", 500)
	})
	http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), router)
}
