package main

import (
	"os"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

var _ cors.Config

func main() {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.Use(gin.Recovery())
	// Here goes what `why --fix` prints.
	notes := func(context *gin.Context) {
		context.Header("X-Total-Count", "7")
		context.JSON(200, gin.H{"ok": true})
	}
	router.GET("/api/notes", notes)
	router.PUT("/api/notes", notes)
	router.GET("/api/fails", func(context *gin.Context) { panic("it fails") })
	router.Run("127.0.0.1:" + os.Getenv("PORT"))
}
